"""Makes a picture of a tile's bytes, which come from somebody we do not know."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtGui import QImage, QImageReader

from coordinator.errors import UserError
from ui.translation import translate

MOST_BYTES = 2_000_000
MOST_SIDE_PX = 1024
KEPT_SIDE_PX = 512
"""Larger pictures are kept at this size: a tile is seldom drawn larger, and four times as many fit."""

_KINDS = (b"png", b"jpeg", b"webp")
_PHOTO = b"jpeg"
_DIM = 0.6
_DARKEST, _SPAN = 26, 0.84
"""At night a map's white becomes the ground of our own land, and its black nearly white."""


class NoPictureError(UserError):
    """The bytes are no picture of a tile."""

    def __init__(self) -> None:
        super().__init__(translate("TilePicture", "What came is no picture of a map."))


def picture_of(data: bytes, *, at_night: bool = False) -> QImage:
    """Return the picture in *data*, ready to be painted; call it beside the window's thread.

    Maps are drawn for white paper. *at_night* they are turned from light to dark with their colours kept,
    so that their names are light like ours; photos (JPEG, as far as one can know) are only dimmed.

    Raises:
        NoPictureError: If it is no PNG, JPEG or WebP, too large in bytes or pixels, or damaged. The size is
            read before a pixel is: 100 kB can hold a picture of gigabytes.
    """
    buffer = QBuffer()
    buffer.setData(QByteArray(data[: MOST_BYTES + 1]))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setDecideFormatFromContent(True)
    size = reader.size()
    kind = reader.format().data()
    if len(data) > MOST_BYTES or kind not in _KINDS or not _is_tile_size(size):
        raise NoPictureError
    image = reader.read()
    if image.isNull() or not _is_tile_size(image.size()):
        raise NoPictureError
    if max(image.width(), image.height()) > KEPT_SIDE_PX:
        image = image.scaled(QSize(KEPT_SIDE_PX, KEPT_SIDE_PX))
    has_holes = image.hasAlphaChannel()
    image = image.convertToFormat(
        QImage.Format.Format_ARGB32_Premultiplied if has_holes else QImage.Format.Format_RGB32
    )
    if at_night:
        _darken(image, is_photo=kind == _PHOTO)
    return image


def _darken(image: QImage, *, is_photo: bool) -> None:
    """Change the pixels of *image* for the dark: lightness the other way round, or less of it."""
    pixels = np.frombuffer(image.bits(), dtype=np.uint8).reshape(image.height(), image.width(), 4)
    colours = pixels[..., :3]
    if is_photo:
        colours[...] = colours * _DIM
        return
    whole = pixels[..., 3:].astype(np.int16) if image.hasAlphaChannel() else np.int16(255)
    ends = colours.max(axis=2, keepdims=True).astype(np.int16) + colours.min(axis=2, keepdims=True)
    turned = colours + (whole - ends)  # HSL's lightness l becomes 1 - l, hue and saturation stay
    colours[...] = whole * (_DARKEST / 255) + turned * _SPAN


def _is_tile_size(size: QSize) -> bool:
    return size.isValid() and 0 < size.width() <= MOST_SIDE_PX and 0 < size.height() <= MOST_SIDE_PX
