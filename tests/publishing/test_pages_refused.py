"""A host of a branch that refuses over HTTP, or does not answer."""

from __future__ import annotations

import gc
import re
from pathlib import Path

import pytest
from aiohttp import web
from plancher.publishing import Pages
from plancher.publishing.errors import PublishingError

from tests.http_service import served
from tests.publishing.conftest import free_port
from tests.publishing.sites import FIRST, Publisher


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # dulwich keeps an answer that it did not like
@pytest.mark.parametrize(("status", "words"), [(403, "droit d'écrire"), (401, "jeton"), (0, "ne répond pas")])
def test_why_a_host_does_not_take_it_over_https_is_told_with_its_remedy(tmp_path: Path, status: int, words: str) -> None:
    async def refuse(_request: web.Request) -> web.Response:
        return web.Response(status=status)

    application = web.Application()
    application.router.add_route("*", "/{path:.*}", refuse)
    with served(application) as address:
        place = f"{address.replace('://', '://moi:motsecret@')}/blog.git" if status else f"http://moi:motsecret@127.0.0.1:{free_port()}/blog.git"
        with pytest.raises(PublishingError, match=words) as told:
            Publisher(Pages(place), tmp_path).publish(FIRST)
    assert not {"motsecret", "disque"} & {*re.findall(r"\w+", str(told.value))}
    del told
    gc.collect()  # here, and not in the middle of another test
