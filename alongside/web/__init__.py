"""The shell of every page: templates, static files, pages, papers and sheets."""
