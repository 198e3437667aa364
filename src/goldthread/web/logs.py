"""Logs tell what happened to the machine, never what was said of a child."""

import logging


class NoContent(logging.Filter):
    """Strips what could carry content: query strings, request bodies, local variables of tracebacks, arguments."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep the record, without what could hold a child-level value."""
        for name in ("request", "exc_text", "stack_info"):
            if hasattr(record, name):
                setattr(record, name, None)
        if record.exc_info:
            kind, _, trace = record.exc_info
            where = ""
            while trace is not None:
                where = f"{trace.tb_frame.f_code.co_filename.rsplit('/goldthread/', 1)[-1]}:{trace.tb_lineno}"
                trace = trace.tb_next
            record.msg = f"{record.getMessage().split('?')[0]} ({kind.__name__ if kind else 'error'} at {where})"
            record.args, record.exc_info = (), None
        return True
