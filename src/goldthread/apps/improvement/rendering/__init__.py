"""The board pack as a file that is one page."""
