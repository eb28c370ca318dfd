"""A map on a page of its own: the region, or one family and who could help it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportlab.lib.pagesizes import landscape

from coordinator.adapters.basemap import load_basemap
from coordinator.adapters.pdf import fonts
from coordinator.adapters.pdf.blocks import Block, plain, strong
from coordinator.adapters.pdf.map import paint_scene
from coordinator.adapters.pdf.paper import MARGIN, SIZES, finished
from coordinator.adapters.pdf.words import long_date
from coordinator.domain.maps.codes import CodedMap, compose_coded
from coordinator.domain.maps.frame import FOOT_PX
from coordinator.domain.maps.view import View

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reportlab.pdfgen.canvas import Canvas

    from coordinator.domain.map_pages import MapPage

EDGE = 30.0
"""Points kept free around the pins."""
SMALL = 8.5
GAP = 6.0
WIDEST = 0.004
"""Degrees for one point: closer, a single family would stand on a map without a town."""


def render_map(page: MapPage) -> bytes:
    """Return *page* as a PDF of one page, upright or across, whichever shows the places larger."""
    upright = SIZES[page.paper]
    size = max((upright, landscape(upright)), key=lambda size: _view(page, size, _notes(page, size, ())).scale)
    scene, notes = _composed(page, size)

    def draw(canvas: Canvas) -> None:
        header, view = _header(page, size), _view(page, size, notes)
        header.draw(canvas, MARGIN, size[1] - MARGIN)
        top = size[1] - MARGIN - header.height
        paint_scene(canvas, scene.primitives, MARGIN, top, view.width, view.height)
        notes.draw(canvas, MARGIN, MARGIN + notes.height)
        canvas.showPage()

    return finished(page.title, size, draw)


def _composed(page: MapPage, size: tuple[float, float]) -> tuple[CodedMap, Block]:
    """Return the picture and what stands under it, which depends on each other: codes without room are listed."""
    left_out: tuple[str, ...] = ()
    for _ in range(2):
        notes = _notes(page, size, left_out)
        view = _view(page, size, notes)
        scene = compose_coded(view, load_basemap(), page.layers, page.unit, fonts.width)
        if scene.left_out == left_out:
            break
        left_out = scene.left_out
    return scene, _notes(page, size, scene.left_out)


def _header(page: MapPage, size: tuple[float, float]) -> Block:
    block = Block(size[0] - 2 * MARGIN)
    block.text(page.title, 15, bold=True)
    block.flow([plain(f"Milk Run · {page.network_name} · {long_date(page.on, page.paper)}")])
    block.space(GAP)
    return block


def _notes(page: MapPage, size: tuple[float, float], left_out: tuple[str, ...]) -> Block:
    block = Block(size[0] - 2 * MARGIN)
    block.space(GAP)
    for line in page.notes:
        block.text(line, SMALL)
    if left_out:
        block.text(f"On the map, without room for the code: {_listed(left_out)}.", SMALL)
    if page.not_placed:
        block.text(f"Not on the map, because the place is not known: {_listed(page.not_placed)}.", SMALL)
    block.space(3)
    block.flow([strong("Confidential. Return or shred.", size=SMALL)])
    return block


def _listed(codes: Iterable[str]) -> str:
    return ", ".join(sorted(codes))


def _view(page: MapPage, size: tuple[float, float], notes: Block) -> View:
    width = size[0] - 2 * MARGIN
    height = max(size[1] - 2 * MARGIN - _header(page, size).height - notes.height, 100.0)
    above_foot = View.fit(page.layers.positions(), width, height - 2 * FOOT_PX, EDGE)
    factor = min(360 / above_foot.scale / WIDEST * 4, 1.0)
    view = above_foot.zoomed(factor, width / 2, above_foot.height / 2)
    return view.resized(width, height).panned(0, -FOOT_PX)
