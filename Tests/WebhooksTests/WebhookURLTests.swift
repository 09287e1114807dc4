import Testing
import Webhooks

@Suite("Where messages may be sent")
struct WebhookURLTests {
  @Test(
    "https anywhere, and http on this machine",
    arguments: [
      "https://claims.example/hooks", "https://10.1.2.3:8443/a/b", "http://127.0.0.1:9/", "http://localhost/x",
      "http://[::1]:8080/x", "https://claims.example/%2Fa%C3%A9", "https://claims.example:80/",
    ])
  func allowed(url: String) throws { #expect(try WebhookURL(url).text == url) }

  @Test(
    "the spellings of a URL are one place",
    arguments: [
      "HTTPS://Claims.EXAMPLE/a-b", "https://claims.example:443/a-b", "https://claims.example:0443/%61%2db",
      "https://claims.example/a%2Db",
    ])
  func oneForm(url: String) throws { #expect(try WebhookURL(url).text == "https://claims.example/a-b") }

  @Test(
    "so are those of an address",
    arguments: ["[2001:db8::1]", "[2001:DB8:0:0:0:0:0:1]", "[2001:0db8::0001]", "[2001:db8::0.0.0.1]"])
  func oneAddress(host: String) throws {
    #expect(try WebhookURL("https://\(host)/h").text == "https://[2001:db8::1]/h")
  }

  @Test("a URL without a path has the shortest one, and an escape that stays is in capitals")
  func paths() throws {
    #expect(try WebhookURL("https://claims.example").text == "https://claims.example/")
    #expect(try WebhookURL("https://claims.example/%c3%a9%2f").text == "https://claims.example/%C3%A9%2F")
    #expect(try WebhookURL("http://127.0.0.1:80").text == "http://127.0.0.1/")
  }

  @Test(
    "nothing else, and the refusal does not quote the URL",
    arguments: [
      "https://claims.example:65536/", "https://claims.example:0/", "https://claims.example:/x",
      "http://127.0.0.1:99999", "http://127.999.0.1/", "http://127.0.0/",
      "", "claims.example", "ftp://claims.example", "https://", "http://claims.example/", "http://127.0.0.1.example/",
      "http://localhost.example/", "https://user@claims.example/", "https://user:secret@claims.example/",
      "https://claims.example/?token=secret", "https://claims.example/#a", "https://claims.example/a b",
      "https://claims.example/\n", "https://claims.example/a/../b", "https://claims.example/%2e%2E/b",
      "https://claims.example/./b", "https://claims.example/hooks/%FF", "https://claims.example/%C3%28/../b",
      "https://claims.example/%00", "https://claims.example/%0D%0A", "https://claims.example/%", "https://./h",
      "https://claims.example./h", "https://a..b/h", "https://-a/h", "https://*.example/h", "https://a;b/h",
      "https://a%3Bb/h", "https://l%E2%80%8Bocal.example/", "https://[localhost]/h", "https://[::1%25lo]/h",
      "https://192.0.2.001/h", "https://192.0.513/h", "https://0xC0000201/h", "https://3221225985/h",
      "https://192.0.2.256/h", "https://\(String(repeating: "a", count: 64)).example/h", "http://127.1/h",
      "https://clinic\u{e9}.example/",
      "https://claims.example/\(String(repeating: "a", count: 1_000))",
    ])
  func refused(url: String) {
    let refusal = #expect(throws: WebhookRefusal.self) { try WebhookURL(url) }
    #expect(refusal?.description.contains("secret") == false)
  }
}
