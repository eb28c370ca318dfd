"""A map on a page of its own: the region, or one family and who could help it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportlab.lib.pagesizes import landscape

from coordinator.adapters.map_files.basemap import load_basemap
from coordinator.adapters.pdf import fonts
from coordinator.adapters.pdf.blocks import Block, plain, strong
from coordinator.adapters.pdf.dates_and_amounts import long_date
from coordinator.adapters.pdf.header import CONFIDENTIAL
from coordinator.adapters.pdf.map import paint_scene
from coordinator.adapters.pdf.paper import MARGIN, SIZES, finished
from coordinator.domain.maps.codes import CodedMap, compose_coded
from coordinator.domain.maps.frame import FOOT_PX
from coordinator.domain.maps.view import View
from coordinator.sayings import Saying, joined, saying

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reportlab.pdfgen.canvas import Canvas

    from coordinator.domain.paper.map_pages import MapPage

POINTS_PER_PX = 0.62
"""A page is read from nearer than a screen: marks and letters are set so much smaller."""
EDGE_PX = 45.0
"""Kept free around the pins."""
SMALL = 8.5
GAP = 6.0
CLOSEST_MILES_PER_PX = 0.02
"""Closer, a single family would stand on a map without a town."""


def render_map(page: MapPage) -> bytes:
    """Return *page* as a PDF of one page, upright or across, whichever shows the places larger."""
    upright = SIZES[page.paper]
    size = max((upright, landscape(upright)), key=lambda size: _view(page, size, _notes(page, size)).scale)
    view, scene, notes = _composed(page, size)

    def draw(canvas: Canvas) -> None:
        header = _header(page, size)
        header.draw(canvas, MARGIN, size[1] - MARGIN)
        canvas.saveState()
        canvas.translate(MARGIN, size[1] - MARGIN - header.height)
        canvas.scale(POINTS_PER_PX, POINTS_PER_PX)
        paint_scene(canvas, scene.primitives, 0, 0, view.width, view.height)
        canvas.restoreState()
        notes.draw(canvas, MARGIN, MARGIN + notes.height)
        canvas.showPage()

    return finished(str(page.title), size, draw)


def _composed(page: MapPage, size: tuple[float, float]) -> tuple[View, CodedMap, Block]:
    """Return view, picture and what stands under it: each line of codes there takes room from the map.

    Notes never shrink from one round to the next, so that the map's place is settled.
    """
    notes = _notes(page, size)
    while True:
        view = _view(page, size, notes)
        scene = compose_coded(view, load_basemap(), page.layers, page.unit, fonts.width)
        needed = _notes(page, size, scene)
        if needed.height <= notes.height:
            needed.space(notes.height - needed.height)
            return view, scene, needed
        notes = needed


def _header(page: MapPage, size: tuple[float, float]) -> Block:
    block = Block(size[0] - 2 * MARGIN)
    block.text(str(page.title), 15, bold=True)
    day = long_date(page.on, page.paper)
    block.flow([plain(saying("Milk Run · {network} · {day}", network=page.network_name, day=day))])
    block.space(GAP)
    return block


def _notes(page: MapPage, size: tuple[float, float], scene: CodedMap | None = None) -> Block:
    block = Block(size[0] - 2 * MARGIN)
    block.space(GAP)
    for line in map(str, (*page.notes, *_missing(page, scene))):
        block.text(line, SMALL)
    block.space(3)
    block.flow([strong(CONFIDENTIAL, size=SMALL)])
    return block


def _missing(page: MapPage, scene: CodedMap | None) -> Iterator[Saying]:
    if scene and scene.left_out:
        yield saying("On the map, without room for the code: {codes}.", codes=_listed(scene.left_out))
    if scene and scene.beyond:
        yield saying("Outside this map: {codes}.", codes=_listed(scene.beyond))
    if page.not_placed:
        codes = _listed(page.not_placed)
        yield saying("Not on the map, because the place is not known: {codes}.", codes=codes)


def _listed(codes: Iterable[str]) -> Saying:
    return joined(", ", sorted(codes))


def _view(page: MapPage, size: tuple[float, float], notes: Block) -> View:
    """Return what fills the page between header and *notes*, room for the map's foot left below the pins."""
    free = size[1] - 2 * MARGIN - _header(page, size).height - notes.height
    width, height = (size[0] - 2 * MARGIN) / POINTS_PER_PX, max(free, 100.0) / POINTS_PER_PX
    fitted = View.fit(page.focus, width, height - 2 * FOOT_PX, EDGE_PX)
    factor = min(fitted.miles_per_pixel() / CLOSEST_MILES_PER_PX, 1.0)
    view = fitted.zoomed(factor, width / 2, fitted.height / 2)
    return view.resized(width, height).panned(0, -FOOT_PX)
