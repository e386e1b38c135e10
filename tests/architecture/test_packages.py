"""Every folder is under contract, and nobody else may bring our names."""

import tomllib
from importlib.metadata import packages_distributions
from typing import Any, Final

from bot.guard import OURS
from tests.architecture.sources import PACKAGES, ROOT

SETTINGS: Final[dict[str, Any]] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
CONTRACTS: Final[list[dict[str, Any]]] = SETTINGS["tool"]["importlinter"]["contracts"]
PRODUCT: Final = set(PACKAGES) - {"tests"}


def test_every_package_is_linted() -> None:
    assert set(SETTINGS["tool"]["importlinter"]["root_packages"]) == PRODUCT


def test_every_package_has_a_layer_or_is_the_emulator() -> None:
    layers = next(contract["layers"] for contract in CONTRACTS if contract["type"] == "layers")
    assert {name for layer in layers for name in layer.split(" | ")} == PRODUCT - {"emulator"}


def test_the_emulator_and_all_others_are_strangers() -> None:
    apart = {
        (source, target)
        for contract in CONTRACTS
        if contract["type"] == "forbidden"
        for source in contract["source_modules"]
        for target in contract["forbidden_modules"]
    }
    others = PRODUCT - {"emulator"}
    assert {("emulator", name) for name in others} | {(name, "emulator") for name in others} <= apart


def test_circles_are_looked_for_everywhere() -> None:
    contract = next(contract for contract in CONTRACTS if contract["type"] == "acyclic_siblings")
    assert set(contract["ancestors"]) == PRODUCT


def test_every_package_has_types_and_a_guard() -> None:
    assert set(SETTINGS["tool"]["mypy"]["files"]) == {*PACKAGES, "nod"}
    assert set(OURS) == PRODUCT


def test_no_dependency_brings_one_of_our_names() -> None:
    """Pip would overwrite one with the other without a word."""
    assert not PRODUCT & set(packages_distributions())
