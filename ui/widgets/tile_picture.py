"""Makes a picture of a tile's bytes, which come from somebody we do not know."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtGui import QImage, QImageReader

from coordinator.errors import UserError

MOST_BYTES = 2_000_000
MOST_SIDE_PX = 1024
KEPT_SIDE_PX = 512
"""Larger pictures are kept at this size: a tile is seldom drawn larger, and four times as many fit."""

_KINDS = (b"png", b"jpeg", b"webp")


class NoPictureError(UserError):
    """The bytes are no picture of a tile."""

    def __init__(self) -> None:
        super().__init__("What came is no picture of a map.")


def picture_of(data: bytes) -> QImage:
    """Return the picture in *data*, ready to be painted; call it beside the window's thread.

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
    if len(data) > MOST_BYTES or reader.format().data() not in _KINDS or not _is_tile_size(size):
        raise NoPictureError
    image = reader.read()
    if image.isNull() or not _is_tile_size(image.size()):
        raise NoPictureError
    if max(image.width(), image.height()) > KEPT_SIDE_PX:
        image = image.scaled(QSize(KEPT_SIDE_PX, KEPT_SIDE_PX))
    has_holes = image.hasAlphaChannel()
    return image.convertToFormat(
        QImage.Format.Format_ARGB32_Premultiplied if has_holes else QImage.Format.Format_RGB32
    )


def _is_tile_size(size: QSize) -> bool:
    return size.isValid() and 0 < size.width() <= MOST_SIDE_PX and 0 < size.height() <= MOST_SIDE_PX
