"""The report that people read: one page for the web, one PDF, the same content."""

from alongside.measures.report.content import Making, Report, report_of
from alongside.measures.report.paper import pdf
from alongside.measures.report.web import page

__all__ = ["Making", "Report", "page", "pdf", "report_of"]
