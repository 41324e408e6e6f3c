"""Which pages there are, where their classes live, and which stand in the sidebar; imported when first opened."""

from dataclasses import dataclass
from importlib import import_module

from foiadesk_ui.page import Page


@dataclass(frozen=True, slots=True)
class PageSpec:
    """One page: its name, its module and class, the sidebar entry that is lit while it shows, the English label."""

    name: str
    module: str
    class_name: str
    entry: str
    label: str = ""
    icon: str = ""


# Labels are marked for translation by gettext's own habit: the sidebar passes them through _().
PAGES: tuple[PageSpec, ...] = (
    PageSpec("today", "foiadesk_ui.today_page", "TodayPage", "today", "Today", "today"),
    PageSpec("requests", "foiadesk_ui.requests_page", "RequestsPage", "requests", "Requests", "requests"),
    PageSpec("in_tray", "foiadesk_ui.in_tray_page", "InTrayPage", "in_tray", "In-tray", "in_tray"),
    PageSpec("deadlines", "foiadesk_ui.deadlines_page", "DeadlinesPage", "deadlines", "Deadlines", "deadlines"),
    PageSpec("exhaustion", "foiadesk_ui.exhaustion_page", "ExhaustionPage", "exhaustion", "May I sue?", "exhaustion"),
    PageSpec("campaigns", "foiadesk_ui.campaigns_page", "CampaignsPage", "campaigns", "Campaigns", "campaigns"),
    PageSpec("documents", "foiadesk_ui.documents_page", "DocumentsPage", "documents", "Documents", "documents"),
    PageSpec("agencies", "foiadesk_ui.agencies_page", "AgenciesPage", "agencies", "Agencies", "agencies"),
    PageSpec("requesters", "foiadesk_ui.requesters_page", "RequestersPage", "requesters", "Who asks", "requesters"),
    PageSpec("trash", "foiadesk_ui.trash_page", "TrashPage", "trash", "Trash", "trash"),
    PageSpec("settings", "foiadesk_ui.settings_page", "SettingsPage", "settings", "Settings", "settings"),
    PageSpec("backups", "foiadesk_ui.backups_page", "BackupsPage", "settings"),
    PageSpec("templates", "foiadesk_ui.templates_page", "TemplatesPage", "settings"),
    PageSpec("letter_run", "foiadesk_ui.letter_run_page", "LetterRunPage", "campaigns"),
    PageSpec("search", "foiadesk_ui.search_page", "SearchPage", ""),
    PageSpec("request", "foiadesk_ui.requests_page", "RequestsPage", "requests"),
    PageSpec("new_request", "foiadesk_ui.new_request_page", "NewRequestPage", "requests"),
    PageSpec("tracker", "foiadesk_ui.tracker_page", "TrackerPage", "requests"),
    PageSpec("letter", "foiadesk_ui.letter_page", "LetterPage", "requests"),
    PageSpec("help", "foiadesk_ui.help_page", "HelpPage", ""),
)

# What the help shows when it is asked for on a page.
TOPIC_OF = {
    "today": "first-steps", "requests": "first-steps", "request": "first-steps", "in_tray": "filing",
    "deadlines": "deadlines", "exhaustion": "court", "campaigns": "campaigns", "documents": "filing",
    "tracker": "first-steps",
    "agencies": "asking", "requesters": "asking", "new_request": "asking", "letter": "letters", "trash": "trash",
    "templates": "letters", "letter_run": "campaigns",
    "settings": "protection", "backups": "backups", "search": "search",
}  # fmt: skip


def spec(name: str) -> PageSpec:
    """Return the page called ``name``; raises KeyError for a name nobody registered."""
    for page in PAGES:
        if page.name == name:
            return page
    raise KeyError(name)


def sidebar() -> tuple[PageSpec, ...]:
    """Return the pages that stand in the sidebar, in order."""
    return tuple(page for page in PAGES if page.label)


def page_class(name: str) -> type[Page]:
    """Import the page's module and return its class. "request" is the Requests page opened at one request."""
    found = spec(name)
    made: type[Page] = getattr(import_module(found.module), found.class_name)
    return made


def home_of(name: str) -> str:
    """Return the name under which the page's one widget is kept: pages that share a class share the widget."""
    wanted = spec(name)
    for page in PAGES:
        if (page.module, page.class_name) == (wanted.module, wanted.class_name):
            return page.name
    return name
