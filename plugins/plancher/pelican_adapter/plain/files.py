"""Each file that a component asks for, at its address: a page by Pelican's writer, any other as it is."""

from __future__ import annotations

import logging
import shutil
from typing import Any

import jinja2

from plancher.base import reasons
from plancher.site.makers import Partial
from plancher.site.requests import CopiedFile, MadeFile, PageRequest, TemplatePage, TextFile


class FileWriter:
    """Writes what one generator was asked for."""

    def __init__(self, generator: Any, writer: Any) -> None:
        self.generator = generator
        self.writer = writer
        self.logger = logging.getLogger("pelican.plancher")

    def write(self, request: PageRequest) -> None:
        """A text of the owner's keeps its address; a page that cannot be made costs the site no other."""
        source = self.generator.taken.get(request.path)
        if source:
            self.logger.error("%s", f"{source}:1: ce texte occupe déjà l'adresse « {request.path} ». Donnez-lui un autre « Slug », ou retirez l'extension.")
            return
        try:
            if isinstance(request, TemplatePage):
                self._page(request)
            else:
                self._file(request)
        except (OSError, jinja2.TemplateError) as error:
            self.logger.error("%s", f"« {request.path} » ne peut pas être écrit : {reasons.french(error)}.")  # noqa: TRY400 - a sentence, no traceback

    def _page(self, request: TemplatePage) -> None:
        """In the place of one that Pelican may have made for a list of its own."""
        generator = self.generator
        template, relative = generator.get_template(request.template), generator.settings["RELATIVE_URLS"]
        self.writer.write_file(
            request.path, template, generator.context, relative, template_name=request.template, override_output=True, url=request.address, **request.values
        )

    def _file(self, request: MadeFile | TextFile | CopiedFile) -> None:
        path = self.generator.place_of(request.path)
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(request, CopiedFile):
            shutil.copyfile(request.source, path)
            return
        made = request.text if isinstance(request, TextFile) else request.maker(request.argument)
        whole = made.content if isinstance(made, Partial) else made
        path.write_bytes(whole if isinstance(whole, bytes) else whole.encode())
