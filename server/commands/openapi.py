"""`direktkontakt openapi`: the document that the web app's typed client is made from."""

from __future__ import annotations

import json

import click

from server.app import openapi_document
from server.settings import Settings


@click.command()
def openapi() -> None:
    """Print the OpenAPI document, with the operations of the demo and the development mailbox.

    It says what the code says, whatever the environment is set to.
    """
    every = Settings(demo=True, production=False, smtp_url=None, public_url="http://localhost:8000", turn_urls="")
    click.echo(json.dumps(openapi_document(every), indent=1, sort_keys=True, ensure_ascii=False))
