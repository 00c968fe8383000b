from __future__ import annotations

from hypothesis import given

from graph.projection.tables import arrow_tables, matrices
from tests.graph.paths.graphs import World, worlds


@given(worlds())
def test_matrices_count_the_relationships(world: World) -> None:
    found = matrices(world.projection)
    types = {each.id: each.type for each in world.nodes}
    assert list(found.ids) == world.ids()
    assert list(found.types) == [types[id] for id in found.ids]
    for name, matrix in (("", found.matrix), *found.by_type.items()):
        dense = matrix.toarray()
        for row, source in enumerate(found.ids):
            for column, target in enumerate(found.ids):
                between = [
                    each for each in world.relationships if (each.source, each.target) == (source, target) and name in ("", each.type)
                ]
                assert dense[row, column] == len(between)
    assert set(found.by_type) == {each.type for each in world.relationships}


@given(worlds())
def test_arrow_tables_hold_every_node_and_relationship(world: World) -> None:
    tables = arrow_tables(world.projection)
    tables.nodes.validate(full=True)
    tables.relationships.validate(full=True)
    nodes = sorted(world.nodes, key=lambda each: each.id)
    assert tables.nodes.select(["id", "type", "name"]).to_pylist() == [
        {"id": each.id, "type": each.type, "name": each.caption} for each in nodes
    ]
    assert tables.nodes.column("hub").to_pylist() == [each.type == "City" or each.properties.get("level") == 1 for each in nodes]
    assert tables.nodes.column("link").to_pylist() == [each.type == "Secondment" for each in nodes]
    rows = tables.relationships.to_pylist()
    for row, each in zip(rows, sorted(world.relationships, key=lambda each: each.id), strict=True):
        assert [row[name] for name in ("id", "type", "source", "target")] == [each.id, each.type, each.source, each.target]
        assert [row["valid_from"], row["valid_to"]] == [each.properties.get("validFrom"), each.properties.get("validTo")]
        for date, day, edge in (("valid_from", "first_day", "-01"), ("valid_to", "last_day", "-31")):
            assert (row[day] is None) == (row[date] is None)
            assert row[date] is None or row[day].isoformat().startswith(row[date])
            assert row[date] is None or len(row[date]) == 10 or row[day].isoformat().endswith((edge, "-30", "-28", "-29"))
