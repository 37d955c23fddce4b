"""The explorer: the built front end and the data of a graph, as a folder for any file server, or as one file."""

from stdgraph.services.site.bundle import Bundle, bundle, counts
from stdgraph.services.site.finished import finished
from stdgraph.services.site.frame import Frame, first, listed, sitemap
from stdgraph.services.site.front import Front, front
from stdgraph.services.site.pages import folder, left_over, one_file
from stdgraph.services.site.places import KINDS, LANGS, Places, places

__all__ = [
    "KINDS",
    "LANGS",
    "Bundle",
    "Frame",
    "Front",
    "Places",
    "bundle",
    "counts",
    "finished",
    "first",
    "folder",
    "front",
    "left_over",
    "listed",
    "one_file",
    "places",
    "sitemap",
]
