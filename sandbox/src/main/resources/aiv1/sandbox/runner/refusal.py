"""How the runner says that a candidate broke its contract."""


class Refused(Exception):
    """The candidate broke its contract; `category` says how."""

    def __init__(self, category: str, message: str) -> None:
        super().__init__(message)
        self.category = category
