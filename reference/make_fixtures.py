"""Files as other programs write them, for the tests of the command's readers: crates/reparam-cli/tests/fixtures/.

    pip install numpy pyarrow pillow
    python reference/make_fixtures.py

Parquet files by Apache Arrow, pictures by Pillow. The numbers are in the tests.
"""

import decimal
import pathlib

import numpy
import pyarrow
import pyarrow.parquet
from PIL import Image

FOLDER = pathlib.Path(__file__).parent.parent / "crates/reparam-cli/tests/fixtures"


def parquet(name, **options):
    """Rows a = 0, 1, … 9 and b = a / 4."""
    table = pyarrow.table({"a": list(range(10)), "b": [row / 4 for row in range(10)]})
    pyarrow.parquet.write_table(table, FOLDER / name, **options)


def decimals():
    """The same number in three widths, and one that double precision rounds."""
    column = lambda texts, kind: pyarrow.array([decimal.Decimal(text) if text else None for text in texts], kind)
    table = pyarrow.table({
        "price": column(["12.50", "-0.01", "1234567.89"], pyarrow.decimal128(12, 2)),
        "wide": column(["0.1", "123456789012345678901234567890.5", "2.5"], pyarrow.decimal256(60, 10)),
        "gap": column(["1", None, "3"], pyarrow.decimal128(5, 0)),
    })
    pyarrow.parquet.write_table(table, FOLDER / "decimal.parquet")


def pictures():
    """A ramp of grey, 24 × 16 pixels: level = 10 × column + row."""
    ramp = numpy.add.outer(numpy.arange(16), 10 * numpy.arange(24)).astype("uint8")
    grey = Image.fromarray(ramp)
    grey.save(FOLDER / "ramp.bmp")
    grey.save(FOLDER / "ramp.tiff")
    grey.save(FOLDER / "ramp.gif")
    grey.convert("RGB").save(FOLDER / "baseline.jpg", quality=90)
    grey.convert("RGB").save(FOLDER / "progressive.jpg", quality=90, progressive=True)
    grey.save(FOLDER / "grey.jpg", quality=90, restart_marker_blocks=2)
    frames = [Image.fromarray(ramp), Image.fromarray(255 - ramp)]
    frames[0].save(FOLDER / "moving.gif", save_all=True, append_images=frames[1:])
    frames[0].save(FOLDER / "pages.tiff", save_all=True, append_images=frames[1:])


parquet("brotli.parquet", compression="brotli")
parquet("lz4.parquet", compression="lz4")
parquet("gzip.parquet", compression="gzip")
parquet("checksums.parquet", compression="none", use_dictionary=False, write_page_checksum=True)
decimals()
pictures()
