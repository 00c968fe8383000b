"""⑤ Incentives 保障激励: the catalogue of innovation projects, their yearly review by experts, a ranking, and grants that rest on it."""
