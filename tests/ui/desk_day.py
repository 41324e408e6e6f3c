"""The day that every desk of a story believes it is."""

from datetime import date


class Calendar:
    """Called by a desk for today's date; a story turns its leaves."""

    def __init__(self, today: date) -> None:
        self.today = today

    def __call__(self) -> date:
        return self.today
