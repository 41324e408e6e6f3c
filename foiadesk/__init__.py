"""FOIADesk's engine: what a public-records request is and all that can happen to it. No window, no network."""

__version__ = "0.1.0"
