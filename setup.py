"""The one compiled module, optional: without a compiler the same sums are made in plain Python."""

from setuptools import Extension, setup

setup(
    ext_modules=[
        Extension(
            "artextract.classifier._kernels",
            ["src/artextract/classifier/_kernels.c"],
            py_limited_api=True,
            optional=True,
        )
    ],
    options={"bdist_wheel": {"py_limited_api": "cp311"}},
)
