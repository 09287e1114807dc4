import Metrics
import Telemetry
import Testing

@Suite("Metrics for Prometheus")
struct PrometheusMetricsTests {
  private let metrics = PrometheusMetrics()

  private var text: String {
    var page = MetricsText()
    metrics.write(to: &page, help: ["told_total": "What it means."])
    return page.text
  }

  @Test("each kind of instrument is shown with its type, by name, and with its dimensions in their order")
  func kinds() {
    Counter(label: "b_total", dimensions: [("route", "/x"), ("method", "GET")], factory: metrics).increment(by: 2)
    Counter(label: "b_total", dimensions: [("route", "/x"), ("method", "GET")], factory: metrics).increment()
    Counter(label: "b_total", dimensions: [("route", "/a"), ("method", "PUT")], factory: metrics).increment()
    FloatingPointCounter(label: "c_total", factory: metrics).increment(by: 0.5)
    let gauge = Meter(label: "d", factory: metrics)
    gauge.set(3)
    gauge.decrement(by: 1)
    Gauge(label: "e", factory: metrics).record(7)
    let sizes = Recorder(label: "f", factory: metrics)
    sizes.record(1)
    sizes.record(2.5)
    _ = Counter(label: "told_total", factory: metrics)
    #expect(
      text == """
        # TYPE paidonce_b_total counter
        paidonce_b_total{route="/a",method="PUT"} 1
        paidonce_b_total{route="/x",method="GET"} 3
        # TYPE paidonce_c_total counter
        paidonce_c_total 0.5
        # TYPE paidonce_d gauge
        paidonce_d 2.0
        # TYPE paidonce_e gauge
        paidonce_e 7.0
        # TYPE paidonce_f summary
        paidonce_f_sum 3.5
        paidonce_f_count 2
        # HELP paidonce_told_total What it means.
        # TYPE paidonce_told_total counter
        paidonce_told_total 0

        """)
  }

  @Test("durations are counted in buckets, each with those before it")
  func durations() {
    let timer = Timer(label: "t", factory: metrics)
    for duration in [Duration.milliseconds(1), .milliseconds(3), .seconds(60)] { timer.record(duration: duration) }
    let lines = text.split(separator: "\n")
    #expect(lines.first == "# TYPE paidonce_t histogram")
    #expect(lines.contains(#"paidonce_t_bucket{le="0.001"} 1"#) && lines.contains(#"paidonce_t_bucket{le="0.005"} 2"#))
    #expect(lines.contains(#"paidonce_t_bucket{le="10.0"} 2"#) && lines.contains(#"paidonce_t_bucket{le="+Inf"} 3"#))
    #expect(lines.suffix(2) == ["paidonce_t_sum 60.004", "paidonce_t_count 3"])
  }

  @Test("a label that Prometheus does not allow is changed, and a value is escaped")
  func names() {
    Counter(label: "http.requests-é", dimensions: [("a.b", "one\"\n\\")], factory: metrics).increment()
    #expect(text.hasSuffix("\npaidonce_http_requests__{a_b=\"one\\\"\\n\\\\\"} 1\n"))
  }

  @Test("of two kinds with one label the first is shown, and both can be used")
  func twoKinds() {
    Counter(label: "x", factory: metrics).increment()
    let meter = Meter(label: "x", factory: metrics)
    meter.set(5)
    #expect(text == "# TYPE paidonce_x counter\npaidonce_x 1\n")
  }

  @Test("what is destroyed is no longer shown")
  func destroyed() {
    let counter = Counter(label: "x", factory: metrics)
    Counter(label: "y", factory: metrics).increment()
    counter.destroy()
    #expect(text == "# TYPE paidonce_y counter\npaidonce_y 1\n")
  }

  @Test("nothing is lost of what many tasks count at once")
  func concurrent() async {
    await withTaskGroup(of: Void.self) { group in
      for _ in 1...8 {
        group.addTask {
          for number in 1...1_000 {
            Counter(label: "n", dimensions: [("part", "\(number % 7)")], factory: metrics).increment()
          }
        }
      }
    }
    let counts = text.split(separator: "\n").dropFirst().compactMap { Int($0.split(separator: " ")[1]) }
    #expect(counts.count == 7 && counts.reduce(0, +) == 8_000)
  }
}
