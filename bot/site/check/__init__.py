"""Looks for mistakes in the files of a site: links, form, unfinished files, requests."""
