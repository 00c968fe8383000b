# Lianyin with exactly the locked packages; the command line is the entry point.
FROM python:3.11-slim AS build
WORKDIR /src
COPY pyproject.toml requirements.lock README.md LICENSE ./
COPY tools/runtime_lock.py tools/
# The lock pins the development tools too: the image takes only what running needs, every file checked against its hash.
RUN python -m venv /opt/lianyin \
 && python tools/runtime_lock.py > runtime.lock \
 && /opt/lianyin/bin/pip install --no-cache-dir --require-hashes --requirement runtime.lock \
 && python tools/runtime_lock.py hatchling > build.lock \
 && pip install --no-cache-dir --require-hashes --requirement build.lock
COPY graph graph
COPY ingest ingest
COPY visualize visualize
COPY cooperation cooperation
COPY api api
COPY lianyin lianyin
RUN python -m hatchling build --target wheel && /opt/lianyin/bin/pip install --no-cache-dir --no-deps dist/*.whl

FROM python:3.11-slim
RUN useradd --create-home --uid 10001 lianyin
COPY --from=build /opt/lianyin /opt/lianyin
ENV PATH=/opt/lianyin/bin:$PATH PYTHONDONTWRITEBYTECODE=1 NUMBA_CACHE_DIR=/home/lianyin/.cache/numba
USER lianyin
WORKDIR /home/lianyin
ENTRYPOINT ["lianyin"]
CMD ["--help"]
