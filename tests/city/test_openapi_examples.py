"""Whoever presses "try it" in the API's own page, on the city, gets an answer."""

from __future__ import annotations

from urllib.parse import quote

from fastapi.testclient import TestClient

from api import create_app
from lianyin.client import Client


def test_every_example_works_as_it_stands(client: Client) -> None:
    tried = 0
    shared = TestClient(create_app(client.settings, client.store), base_url="http://127.0.0.1")
    for path, methods in shared.get("/openapi.json").json()["paths"].items():
        if "get" not in methods:
            continue
        query, headers, address = {}, {}, path
        for parameter in methods["get"].get("parameters", []):
            examples = parameter.get("schema", {}).get("examples") or parameter["schema"].get("anyOf", [{}])[0].get("examples")
            example = (examples or parameter.get("examples") or [None])[0]
            if parameter["in"] == "path":
                address = address.replace(f"{{{parameter['name']}}}", quote(str(example), safe=""))
            elif example is not None and parameter["in"] == "header":
                headers[parameter["name"]] = example
            elif example is not None:
                query[parameter["name"]] = example
        response = shared.get(address, params=query, headers=headers)
        assert response.status_code == 200, f"{path} {query}: {response.text[:300]}"
        tried += 1
    assert tried > 30
    sent = shared.get("/openapi.json").json()["paths"]["/v1/cypher"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    body = sent["properties"]["query"]["examples"][0]
    assert shared.post("/v1/cypher", json={"query": body}).json()["rows"]
