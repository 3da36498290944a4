"""huibao.toml: what is accepted, and that mistakes are named."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.settings import Settings, load_settings
from index.errors import SettingsError


def test_no_file_means_defaults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("HUIBAO_CONFIG", raising=False)
    assert load_settings() == Settings()
    assert Settings().web.host == "127.0.0.1"


def test_values_are_read_and_typed(tmp_path: Path) -> None:
    path = tmp_path / "huibao.toml"
    path.write_text('[embedding]\nmodel = "/models/bge"\n[web]\nport = 8080\n', "utf-8")
    settings = load_settings(path)
    assert (settings.embedding.model, settings.web.port) == ("/models/bge", 8080)


def test_a_model_is_a_server_s_or_a_file(tmp_path: Path) -> None:
    path = tmp_path / "huibao.toml"
    path.write_text('[model]\nname = "m"\nbase_url = "http://127.0.0.1:1/v1"\n', "utf-8")
    served = load_settings(path).model
    assert served is not None
    assert (served.name, served.provider, served.timeout) == ("m", "openai", 60)
    path.write_text('[model]\ngguf = "m.gguf"\ncontext = 8192\n', "utf-8")
    own = load_settings(path).model
    assert own is not None
    assert (own.gguf, own.context) == (Path("m.gguf"), 8192)
    assert Settings().model is None


def test_the_environment_names_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "other.toml"
    path.write_text("[ingest]\nworkers = 3\n", "utf-8-sig")  # Notepad writes a BOM
    monkeypatch.setenv("HUIBAO_CONFIG", str(path))
    assert load_settings().ingest.workers == 3


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[web]\nprot = 8080\n", "web.prot"),
        ("[webb]\nport = 8080\n", "webb"),
        ("[web]\nport = 99999\n", "web.port"),
        ("[web]\nport = 'many'\n", "web.port"),
        ("[ingest]\nworkers = 0\n", "ingest.workers"),
        ("[web\n", "格式"),
        ("[model]\n", "name 和 gguf"),
        ('[model]\nname = "m"\ngguf = "m.gguf"\n', "name 和 gguf"),
        ('[model]\nname = "m"\n', "base_url"),
        ('[model]\ngguf = "m.gguf"\ncontext = 10\n', "model.context"),
        ('[model]\ngguf = "m.gguf"\napi_key = "k"\n', "model.api_key"),
    ],
)
def test_a_mistake_is_an_error_that_names_it(tmp_path: Path, text: str, named: str) -> None:
    path = tmp_path / "huibao.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(SettingsError, match=named):
        load_settings(path)


def test_a_named_file_that_is_missing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="读不到"):
        load_settings(tmp_path / "none.toml")
