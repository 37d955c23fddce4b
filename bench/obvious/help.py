"""A command line as it is often written: every library at the top."""

import click
import networkx
import owlrl
import pyshacl
import rdflib
import SPARQLWrapper

LIBRARIES = (networkx, owlrl, pyshacl, rdflib, SPARQLWrapper)


@click.group()
def cli() -> None:
    """Ask, check and export a graph."""


@cli.command()
def versions() -> None:
    """Print the versions of the libraries."""
    click.echo([library.__version__ for library in LIBRARIES])


cli()
