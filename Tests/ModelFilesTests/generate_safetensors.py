"""Prints the golden file of SafeTensorsTests, written by safetensors itself.

    python3 -m pip install numpy safetensors && python3 generate_safetensors.py
"""

import base64

import numpy
from safetensors.numpy import save

tensors = {
    "b.weight": numpy.arange(6, dtype=numpy.float32).reshape(2, 3) - 2.5,
    "a": numpy.array([1, -1, 65504], dtype=numpy.float16),
    "position_ids": numpy.arange(4, dtype=numpy.int64).reshape(1, 4),
    "empty": numpy.zeros((0, 5), dtype=numpy.float32),
    "scalar": numpy.array(7, dtype=numpy.uint8),
}
print(base64.b64encode(save(tensors, metadata={"format": "pt"})).decode())
