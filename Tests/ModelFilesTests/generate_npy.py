"""Prints the golden files of NPYTests, written by numpy itself.

    python3 -m pip install numpy && python3 generate_npy.py
"""

import base64
import io

import numpy

rows = numpy.array([[0.0, 1.5, -2.25], [65504.0, -0.0, 6.103515625e-05]])
for dtype in ["<f4", "<f2"]:
    file = io.BytesIO()
    numpy.save(file, rows.astype(dtype))
    print(dtype, base64.b64encode(file.getvalue()).decode())
