# The app on workerd: npx workerd serve workerd.capnp
using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "onboarding", worker = .onboarding),
    # The sandbox is public; the mock, on this machine, is private.
    (name = "internet", network = (allow = ["public", "private"], tlsOptions = (trustBrowserCas = true))),
    (name = "forms", disk = (path = "forms", writable = true)),
  ],
  sockets = [(name = "http", address = "127.0.0.1:4000", http = (), service = "onboarding")],
);

const onboarding :Workerd.Worker = (
  modules = [(name = "worker", esModule = embed "dist/workerd.js")],
  compatibilityDate = "2026-11-01",
  bindings = [
    (name = "ONBOARDING", durableObjectNamespace = "Onboarding"),
    (name = "SPHERE_API_KEY", fromEnvironment = "SPHERE_API_KEY"),
    (name = "SPHERE_BASE_URL", fromEnvironment = "SPHERE_BASE_URL"),
    (name = "SPHERE_ENVIRONMENT", fromEnvironment = "SPHERE_ENVIRONMENT"),
    (name = "styles.css", text = embed "dist/browser/styles.css"),
    (name = "enhance.js", text = embed "dist/browser/enhance.js"),
    (name = "icon.svg", text = embed "dist/browser/icon.svg"),
  ],
  durableObjectNamespaces = [(className = "Onboarding", uniqueKey = "onboarding", enableSql = true)],
  durableObjectStorage = (localDisk = "forms"),
);
