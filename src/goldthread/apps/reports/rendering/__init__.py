"""A report document as files: a tagged PDF and a Word document."""
