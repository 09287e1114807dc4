import ClaimsAPI
import Foundation
import TestSupport
import Testing

@Suite("What watches the service and what runs it is tested against it", .postgres)
struct DeploymentTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../Deployment").standardized.path

  private static func names(in file: String) throws -> Set<String> {
    let text = try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8)
    return Set(text.matches(of: /paidonce_[a-z_]+/).map { String($0.output) })
  }

  @Test("every metric that an alert or the dashboard names is one that the service or a worker has")
  func names() async throws {
    let office = try Office()
    let options = ["--verify-every", "1440"]
    _ = try await Serving.open(in: office, options, enrolling: false) { service in
      _ = try await service.post(
        "/v1/claims", SampleClaims.text.utf8, as: Serving.token(.submitter), key: "samples")
      var metrics = ""
      for _ in 1...600 where !metrics.contains("paidonce_verified_timestamp_seconds") {
        metrics = try await service.get("/metrics", as: Serving.token(.operator)).text
        try await Task.sleep(for: .milliseconds(100))
      }
      let known = Set(
        metrics.split(separator: "\n").filter { !$0.hasPrefix("#") }.map {
          String($0.prefix { $0 != "{" && $0 != " " })
        })
      for file in ["prometheus/alerts.yml", "prometheus/alerts_test.yml", "grafana/paidonce.json"] {
        let unknown = try Self.names(in: file).subtracting(known)
        #expect(unknown.isEmpty, "\(file): \(unknown.sorted())")
      }
      #expect(metrics.contains(#"paidonce_claims_total{status="paid"} 7"#), "\(metrics)")
      #expect(metrics.contains(#"paidonce_broken_invariants{invariant="any"} 0"#))
    }
  }

  @Test("Prometheus reads the metrics and the alerts, and each alert is raised when it must be, and only then")
  func promtool() async throws {
    let office = try Office()
    let rules = try await office.shell(
      "cd \(Self.folder)/prometheus && promtool check rules alerts.yml && promtool test rules alerts_test.yml")
    #expect(rules.way == .exited(0), "\(rules.text)\(rules.errors)")
    let metrics = try await Serving.open(in: office) { service in
      try await service.get("/metrics", as: Serving.token(.operator)).text
    }.value
    try office.write(metrics, to: "metrics.txt")
    let check = try await office.shell("promtool check metrics < metrics.txt")
    #expect(check.way == .exited(0), "\(check.text)\(check.errors)")
  }

  @Test("a worker answers whether it lives and how it does, without a token")
  func worker() async throws {
    let office = try Office()
    try office.write(ManyClaims(count: 2, seed: 95).text, to: "two.837")
    _ = try await office.claims(["submit", "two.837"])
    let done = try await office.shell(
      """
      \(Program.path()) work --enroll PPO --metrics 127.0.0.1:0 2> said.txt & pid=$!
      for i in $(seq 600); do grep -q 'metrics at' said.txt && break; sleep 0.1; done
      url=$(grep -o 'http://[0-9.:]*' said.txt | head -1)
      for i in $(seq 600); do
        curl --silent "$url/metrics" > metrics.txt
        grep -q 'paidonce_queue_claims{state="waiting"} 0' metrics.txt && grep -q 'state="leased"} 0' metrics.txt && break
        sleep 0.1
      done
      curl --silent "$url/health"; kill $pid; wait $pid
      """)
    #expect(done.text.contains(#"{"status":"ok"}"#), "\(done.text)\(done.errors)")
    let metrics = try office.text(of: "metrics.txt")
    #expect(metrics.contains("paidonce_claims_total{status=") && !metrics.contains("http_requests"), "\(metrics)")
  }

  @Test(
    "make goes on without apt where the libraries are, and otherwise names them for other systems; tools it only names",
    arguments: [
      (true, "libpq-dev zlib1g-dev", 0, []),
      (false, "libpq-dev zlib1g-dev", 1, ["Debian: libpq-dev   dnf: libpq-devel   apk: libpq-dev", "pacman: zlib\n"]),
      (
        true, "libpq-dev pkg-config poppler-utils bubblewrap", 0,
        ["Debian: poppler-utils", "pacman: poppler\n", "brew: -"]
      ),
    ] as [(Bool, String, Int, [String])])
  func setup(hasLibraries: Bool, needed: String, status: Int, said: [String]) async throws {
    let office = try Office()
    // A PATH with nothing but a pkg-config that knows everything, or nothing.
    try office.write("#!/bin/sh\nexit \(hasLibraries ? 0 : 1)\n", to: "bin/pkg-config")
    let run = try await office.shell(
      "chmod +x bin/pkg-config; PATH=$PWD/bin NEEDED='\(needed)' /bin/sh '\(Self.folder)/build/setup.sh'")
    #expect(run.way == .exited(status), "\(run.errors)")
    #expect(run.errors.isEmpty == said.isEmpty)
    for words in said { #expect(run.errors.contains(words), "\(run.errors)") }
  }

  @Test("systemd and nginx read what they are given")
  func units() async throws {
    let office = try Office()
    let unit = try await office.shell(
      """
      sed 's,/usr/local/bin/claims,/bin/true,' \(Self.folder)/systemd/paidonce.service > paidonce.service
      systemd-analyze verify --man=no ./paidonce.service
      """)
    #expect(unit.way == .exited(0) && unit.errors.isEmpty, "\(unit.text)\(unit.errors)")
    let nginx = try await office.shell(
      """
      openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=claims.example -days 2 -keyout key.pem -out chain.pem 2>/dev/null
      sed "s,/etc/paidonce/tls,$PWD," \(Self.folder)/nginx/paidonce.conf > paidonce.conf
      printf 'error_log stderr; pid %s/pid; events {} http { include %s/paidonce.conf; }' "$PWD" "$PWD" > nginx.conf
      /usr/sbin/nginx -t -p "$PWD" -c "$PWD/nginx.conf"
      """)
    #expect(nginx.way == .exited(0), "\(nginx.text)\(nginx.errors)")
  }
}
