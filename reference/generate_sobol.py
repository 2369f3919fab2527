"""Writes crates/reparam-kernels/src/sobol/joe_kuo.bin: what the direction numbers of Sobol's sequence start from.

The primitive polynomials and initial numbers are those of S. Joe & F. Y. Kuo, "Constructing Sobol sequences with better
two-dimensional projections", SIAM J. Sci. Comput. 30 (2008), their file new-joe-kuo-6, read from the copy that scipy keeps.
The first dimension needs none. Each further one has 17 numbers of 16 bits, little-endian: the polynomial without its
constant term, which is 1, then m_1, m_2, ..., zeros behind the degree.

    python -m venv venv && venv/bin/pip install scipy==1.17.1 && venv/bin/python generate_sobol.py

Also prints scipy's own points, for the test.
"""

import pathlib

import numpy as np
import scipy.stats
from scipy.stats import qmc

DIMENSIONS = 4096
WORDS = 17

source = pathlib.Path(scipy.stats.__file__).parent / "_sobol_direction_numbers.npz"
table = np.load(source)
records = np.zeros((DIMENSIONS - 1, WORDS), dtype="<u2")
for record, polynomial, numbers in zip(records, table["poly"][1:], table["vinit"][1:]):
    degree = int(polynomial).bit_length() - 1
    assert polynomial % 2 == 1 and degree < WORDS and all(numbers[:degree] > 0) and not any(numbers[degree:])
    record[0] = polynomial >> 1
    record[1 : degree + 1] = numbers[:degree]

root = pathlib.Path(__file__).parent.parent
(root / "crates/reparam-kernels/src/sobol/joe_kuo.bin").write_bytes(records.tobytes())

# Point i of scipy is ours at the Gray code of i, so those with i = 2^k - 1 are ours at 2^(k-1).
points = qmc.Sobol(DIMENSIONS, scramble=False, bits=32).random(1 << 12)
for dimension in [0, 1, 2, 3, 9, 99, 1000, 4095]:
    print(dimension, [hex(int(points[(1 << k) - 1, dimension] * 2**32)) for k in [1, 2, 3, 6, 12]])
