# One static file and nothing else: no shell, no library, no certificate. k8sdiag needs none of them.
#   docker build -t k8sdiag . && docker run --rm -u "$(id -u)" -v "$PWD:/repo" k8sdiag build --check
# For a CI that wants a shell in its images:
#   docker build --build-arg BASE=alpine -t k8sdiag:shell .
ARG BASE=scratch

FROM rust:1-alpine AS build
RUN apk add --no-cache musl-dev
WORKDIR /source
COPY . .
RUN cargo build --release --locked --bin k8sdiag && install -D target/release/k8sdiag /out/k8sdiag

FROM ${BASE}
COPY --from=build /out/k8sdiag /usr/local/bin/k8sdiag
WORKDIR /repo
ENTRYPOINT ["/usr/local/bin/k8sdiag"]
