"""Forms in which answers leave the tool for other programs and for readers: a page, a workbook, a picture."""
