"""Event kinds, their fields and choices in a reader's words, and what logging each kind does to the clocks."""

from foiadesk.records.events import EventKind
from foiadesk_ui.i18n import _, words_of


def event_groups() -> tuple[tuple[str, tuple[EventKind, ...]], ...]:
    """Return the kinds a person may log, by subject, most used first within each."""
    kind = EventKind
    return (
        (_("Usual"), (kind.CALL, kind.NOTE, kind.ACKNOWLEDGED, kind.REQUEST_RECEIVED, kind.DETERMINATION)),
        (
            _("Asking"),
            (
                kind.REQUEST_SENT, kind.TRACKING_NUMBER, kind.ROUTED, kind.DELIVERY_PROVED, kind.DELIVERY_FAILED,
                kind.PERFECTION_CLAIMED, kind.PERFECTION_DISPUTED, kind.PERFECTED, kind.IDENTITY_SENT,
                kind.CONSENT_SENT, kind.PAYMENT_SENT,
            ),
        ),
        (
            _("Questions, fees and more time"),
            (
                kind.CLARIFICATION_ASKED, kind.CLARIFICATION_ANSWERED, kind.FEE_ESTIMATE, kind.FEE_ANSWERED,
                kind.EXTENSION_NOTICE, kind.TIME_FRAME_AGREED, kind.NARROWED,
            ),
        ),
        (
            _("While waiting"),
            (
                kind.STILL_INTERESTED_ASKED, kind.STILL_INTERESTED_ANSWERED, kind.COMPLETION_DATE_ASKED,
                kind.COMPLETION_DATE_GIVEN, kind.REFERRED, kind.CONSULTED, kind.OGIS_OPENED, kind.OGIS_CLOSED,
                kind.DEMAND_SENT, kind.VISIT, kind.UNANSWERED_LETTER, kind.REMINDER,
            ),
        ),
        (
            _("Expedition and fee waiver"),
            (
                kind.EXPEDITION_REQUESTED, kind.EXPEDITION_DECIDED, kind.FEE_WAIVER_REQUESTED,
                kind.FEE_WAIVER_DECIDED,
            ),
        ),
        (_("Answers"), (kind.INTERIM_RELEASE, kind.CLOSED, kind.REOPENED)),
        (_("Appeal"), (kind.APPEAL_SENT, kind.APPEAL_RECEIVED, kind.APPEAL_DECIDED)),
        (
            _("Court"),
            (
                kind.SUIT_FILED, kind.SERVED, kind.ANSWERED, kind.ORDER, kind.PRODUCTION, kind.STATUS_REPORT,
                kind.AMENDED_COMPLAINT, kind.VAUGHN_RECEIVED, kind.JUDGMENT, kind.SETTLED,
            ),
        ),
    )  # fmt: skip


def _events() -> dict[EventKind, str]:
    kind = EventKind
    return {
        kind.REQUEST_SENT: _("Request sent"),
        kind.REQUEST_RECEIVED: _("Agency received the request"),
        kind.ACKNOWLEDGED: _("Acknowledged"),
        kind.TRACKING_NUMBER: _("Tracking number given"),
        kind.ROUTED: _("Routed to another office"),
        kind.PERFECTION_CLAIMED: _("Agency says something is missing"),
        kind.PERFECTION_DISPUTED: _("We dispute that anything is missing"),
        kind.PERFECTED: _("Agency got what was missing"),
        kind.IDENTITY_SENT: _("Proof of identity sent"),
        kind.CONSENT_SENT: _("Consent sent"),
        kind.PAYMENT_SENT: _("Payment sent"),
        kind.DELIVERY_PROVED: _("Delivery proved"),
        kind.DELIVERY_FAILED: _("Delivery failed"),
        kind.CLARIFICATION_ASKED: _("Agency asked a question"),
        kind.CLARIFICATION_ANSWERED: _("Agency got our answer"),
        kind.FEE_ESTIMATE: _("Fee estimate"),
        kind.FEE_ANSWERED: _("Fee estimate answered"),
        kind.EXTENSION_NOTICE: _("Extension notice"),
        kind.TIME_FRAME_AGREED: _("Other time frame agreed"),
        kind.NARROWED: _("Request narrowed"),
        kind.STILL_INTERESTED_ASKED: _("Asked “still interested?”"),
        kind.STILL_INTERESTED_ANSWERED: _("Answered “still interested”"),
        kind.COMPLETION_DATE_ASKED: _("Asked for a completion date"),
        kind.COMPLETION_DATE_GIVEN: _("Completion date given"),
        kind.REFERRED: _("Referred"),
        kind.CONSULTED: _("Consultation with another office"),
        kind.OGIS_OPENED: _("OGIS case opened"),
        kind.OGIS_CLOSED: _("OGIS case closed"),
        kind.DEMAND_SENT: _("Demand sent"),
        kind.CALL: _("Telephone call"),
        kind.VISIT: _("Visit"),
        kind.UNANSWERED_LETTER: _("Letter that went unanswered"),
        kind.NOTE: _("Note"),
        kind.EXPEDITION_REQUESTED: _("Expedition requested"),
        kind.EXPEDITION_DECIDED: _("Expedition decided"),
        kind.FEE_WAIVER_REQUESTED: _("Fee waiver requested"),
        kind.FEE_WAIVER_DECIDED: _("Fee waiver decided"),
        kind.INTERIM_RELEASE: _("Interim release"),
        kind.DETERMINATION: _("Determination"),
        kind.CLOSED: _("Closed"),
        kind.REOPENED: _("Reopened"),
        kind.APPEAL_SENT: _("Appeal sent"),
        kind.APPEAL_RECEIVED: _("Appeal received"),
        kind.APPEAL_DECIDED: _("Appeal decided"),
        kind.SUIT_FILED: _("Suit filed"),
        kind.SERVED: _("Complaint served"),
        kind.ANSWERED: _("Complaint answered"),
        kind.ORDER: _("Court order"),
        kind.PRODUCTION: _("Production"),
        kind.STATUS_REPORT: _("Status report"),
        kind.AMENDED_COMPLAINT: _("Amended complaint"),
        kind.VAUGHN_RECEIVED: _("Vaughn index received"),
        kind.JUDGMENT: _("Judgment"),
        kind.SETTLED: _("Settled"),
        kind.REMINDER: _("Reminder"),
        kind.RETRACTED: _("Entered in error"),
    }


def event_words(kind: EventKind | str) -> str:
    """Say what kind of event this is."""
    return _events()[EventKind(kind)]


def warning_words(warning: str) -> str:
    """Say a warning of the law's with the kind of event it begins with in words."""
    told = words_of(warning)
    if told != warning:
        return told
    kind, space, rest = warning.partition(" ")
    return f"{event_words(kind)}{space}{rest}" if kind in set(EventKind) else warning


def _effects() -> dict[EventKind, str]:
    kind = EventKind
    return {
        kind.REQUEST_RECEIVED: _("This starts the clock. The day of receipt is day 0."),
        kind.ACKNOWLEDGED: _("Kept for the record. An acknowledgment moves no clock and is not an answer."),
        kind.REQUEST_SENT: _("The clock starts with receipt. Through a portal, the same day is taken for it."),
        kind.TRACKING_NUMBER: _("Kept for the record. The clock on the request runs on."),
        kind.PERFECTION_CLAIMED: _("A claim alone moves nothing; it is shown as the agency’s reading."),
        kind.PERFECTED: _("Unless you dispute it, the clock starts on this date."),
        kind.DELIVERY_FAILED: _("Withdraws an assumed receipt."),
        kind.CLARIFICATION_ASKED: _("Pauses the clock until the agency has your answer. One question counts."),
        kind.CLARIFICATION_ANSWERED: _("Give the date the agency received the answer. The clock runs again after it."),
        kind.FEE_ESTIMATE: _("Pauses the clock only when work stops until you answer."),
        kind.FEE_ANSWERED: _("A clock that paused for the fees runs again once the agency has your answer."),
        kind.EXTENSION_NOTICE: _("In time, adds at most ten working days; late, it has no effect."),
        kind.TIME_FRAME_AGREED: _("Moves only the latest date the agency could argue."),
        kind.INTERIM_RELEASE: _("Some records, but not the answer: the clock runs on."),
        kind.DETERMINATION: _("Ends the clock and opens the time to appeal."),
        kind.CLOSED: _("Closed by the agency counts as an answer and opens the time to appeal."),
        kind.EXPEDITION_REQUESTED: _("Starts ten calendar days for a decision on expedition only."),
        kind.REOPENED: _("The request is open again, and its clock with it."),
        kind.STILL_INTERESTED_ASKED: _("Unanswered, the agency may close the request after the day it names."),
        kind.STILL_INTERESTED_ANSWERED: _("Keeps the request open."),
        kind.EXPEDITION_DECIDED: _("Ends the ten days for a decision on expedition; the request’s own clock runs on."),
        kind.FEE_WAIVER_DECIDED: _("A waiver denied or granted in part opens a time to appeal."),
        kind.APPEAL_RECEIVED: _("Starts 20 working days for the decision on appeal."),
        kind.APPEAL_SENT: _("Ends your time to appeal. The agency’s time starts when it has the appeal."),
        kind.APPEAL_DECIDED: _("Ends the clock on the appeal."),
        kind.SUIT_FILED: _("Starts the time to serve the complaint."),
        kind.ORDER: _("A date it sets is counted with the deadlines."),
        kind.SERVED: _("Starts the 30 calendar days the government has to answer."),
        kind.REMINDER: _("Shows on Today and in Deadlines."),
    }


def event_effect(kind: EventKind | str) -> str:
    """Say in one sentence what logging this does to the clocks."""
    return _effects().get(EventKind(kind), _("Kept for the record."))


def _fields() -> dict[str, str]:
    return {
        "channel": _("How"),
        "proof": _("Proof"),
        "time": _("Time of day there"),
        "office": _("Which office got it"),
        "delivery_proof": _("Proof of delivery"),
        "tracking_number": _("Tracking number"),
        "number": _("Number"),
        "reason": _("Reason"),
        "to": _("To"),
        "with": _("With"),
        "missing": _("What they say is missing"),
        "about": _("About"),
        "answer_by": _("Answer by"),
        "amount": _("Amount (US dollars)"),
        "stops_work": _("Work stops until answered"),
        "working_days": _("Working days"),
        "expected_date": _("Expected date"),
        "applies_to": _("Applies to"),
        "until": _("Until"),
        "expected": _("Expected"),
        "certified": _("Certified “true and correct”"),
        "granted": _("Granted"),
        "outcome": _("Outcome"),
        "pages_full": _("Pages in full"),
        "pages_part": _("Pages in part"),
        "pages_withheld": _("Pages withheld"),
        "exemptions": _("Exemptions"),
        "items": _("Outcome by item"),
        "received": _("Received on"),
        "appeal_days": _("Days to appeal"),
        "appeal_unit": _("Counted in"),
        "appeal_basis": _("Appeal must be"),
        "appeal_notice": _("Letter tells of the right to appeal"),
        "by": _("By"),
        "court": _("Court"),
        "docket": _("Docket number"),
        "on": _("On"),
        "what": _("What"),
        "due": _("Due"),
        "pages": _("Pages"),
        "note": _("Note"),
    }


def field_words(name: str) -> str:
    """Label one field of an event."""
    return _fields().get(name, name.replace("_", " ").capitalize())


def _choices() -> dict[str, str]:
    return {
        "mail": _("Mail"),
        "email": _("E-mail"),
        "portal": _("Portal"),
        "fax": _("Fax"),
        "hand": _("By hand"),
        "proper": _("The office that has the records"),
        "designated": _("An office its rules name for requests"),
        "undesignated": _("Some other office"),
        "initial": _("The request’s own"),
        "component": _("Another office’s"),
        "identity": _("Proof of identity"),
        "consent": _("Consent"),
        "fee_promise": _("A promise to pay fees"),
        "description": _("A better description"),
        "other": _("Something else"),
        "information": _("Information they need"),
        "fees": _("Fees"),
        "request": _("The request"),
        "appeal": _("The appeal"),
        "fee_waiver": _("The fee waiver"),
        "expedition": _("Expedition"),
        "granted": _("Granted"),
        "partial": _("Granted in part"),
        "denied": _("Denied"),
        "working": _("Working days"),
        "calendar": _("Calendar days"),
        "sent": _("Sent in time"),
        "received": _("Received in time"),
        "agency": _("The agency"),
        "requester": _("The requester"),
        "court": _("The court"),
        "affirmed": _("Affirmed"),
        "partly": _("Affirmed in part"),
        "remanded": _("Remanded"),
        "reversed": _("Reversed"),
        "moot": _("Moot"),
        "untimely": _("Refused as late"),
        "us_attorney": _("The U.S. Attorney"),
        "attorney_general": _("The Attorney General"),
        "full_grant": _("Granted in full"),
        "partial_grant": _("Granted in part"),
        "full_denial": _("Denied in full"),
        "no_records": _("No records found"),
        "referred": _("Referred elsewhere"),
        "withdrawn": _("Withdrawn"),
        "fee_related": _("Fees not settled"),
        "not_reasonably_described": _("Not reasonably described"),
        "improper": _("Not a proper request"),
        "not_agency_record": _("Not an agency record"),
        "duplicate": _("Duplicate request"),
        "glomar": _("Neither confirmed nor denied"),
    }


def choice_words(value: str) -> str:
    """Say one of an event field's closed choices."""
    return _choices().get(value, value.replace("_", " ").capitalize())
