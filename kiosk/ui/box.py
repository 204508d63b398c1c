"""A rectangle on the glass, and how rectangles are cut."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in px; y runs up from the bottom, as Kivy draws."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The right end."""
        return self.x + self.width

    @property
    def top(self) -> float:
        """The upper end."""
        return self.y + self.height

    @property
    def snapped(self) -> "Box":
        """The box with its edges on whole px."""
        x, y = round(self.x), round(self.y)
        return Box(x, y, round(self.right) - x, round(self.top) - y)

    def inset(self, side: float, upper: float | None = None) -> "Box":
        """Return the box without its margins: left and right, then above and below."""
        above = side if upper is None else upper
        return Box(self.x + side, self.y + above, self.width - 2 * side, self.height - 2 * above)

    def from_top(self, down: float, height: float) -> "Box":
        """Return the strip of a height that begins so far below the top."""
        return Box(self.x, self.top - down - height, self.width, height)

    def from_start(self, along: float, width: float, rtl: bool) -> "Box":
        """Return the strip of a width that begins so far from the side where reading starts."""
        x = self.right - along - width if rtl else self.x + along
        return Box(x, self.y, width, self.height)

    def centred(self, width: float, height: float) -> "Box":
        """Return a box of that size in the middle, on whole px."""
        x = self.x + (self.width - width) // 2
        return Box(x, self.y + (self.height - height) // 2, width, height)

    def has(self, x: float, y: float) -> bool:
        """Whether a point lies in it."""
        return self.x <= x < self.right and self.y <= y < self.top
