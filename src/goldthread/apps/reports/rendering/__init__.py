"""A report document as files: a tagged PDF, a Word document, an OpenDocument text."""
