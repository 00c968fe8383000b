# Lianyin with exactly the locked packages; the command line is the entry point.
FROM python:3.11-slim AS build
WORKDIR /src
COPY pyproject.toml requirements.lock README.md LICENSE ./
# The lock pins development tools too; as a constraint it gives only what running needs, with its hashes.
RUN python -m venv /opt/lianyin \
 && python -c "import tomllib; print('\n'.join(tomllib.load(open('pyproject.toml','rb'))['project']['dependencies']))" > runtime.in \
 && /opt/lianyin/bin/pip install --no-cache-dir --require-hashes --constraint requirements.lock hatchling editables \
 && /opt/lianyin/bin/pip install --no-cache-dir --constraint requirements.lock --requirement runtime.in
COPY graph graph
COPY ingest ingest
COPY visualize visualize
COPY cooperation cooperation
COPY api api
COPY lianyin lianyin
RUN /opt/lianyin/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.11-slim
RUN useradd --create-home --uid 10001 lianyin
COPY --from=build /opt/lianyin /opt/lianyin
ENV PATH=/opt/lianyin/bin:$PATH PYTHONDONTWRITEBYTECODE=1 NUMBA_CACHE_DIR=/home/lianyin/.cache/numba
USER lianyin
WORKDIR /home/lianyin
ENTRYPOINT ["lianyin"]
CMD ["--help"]
