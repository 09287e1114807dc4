import Foundation

/// What an AI agent can call: the operations of the service's own OpenAPI document, so that a tool is there as soon as its
/// route is, and takes what the route takes.
struct ToolCatalog: Sendable {
  /// An operation as a tool.
  struct Tool: Sendable {
    let name: String
    let method: String
    /// The path, with the names of its parameters in braces.
    let path: String
    let pathParameters: [String]
    let queryParameters: [String]
    /// Whether the operation acts, and is done once for each key.
    let isKeyed: Bool
    /// Whether the body is the text of claims, and not a JSON object.
    let takesClaims: Bool
  }

  let tools: [String: Tool]
  /// The version of the service.
  let version: String
  /// The answer to `tools/list`, as JSON.
  let list: Data

  /// The argument that holds the text of claims.
  static let claimsArgument = "claims"
  /// The argument that tells two acts with the same arguments apart.
  static let keyArgument = "idempotency_key"

  /// Operations that are of no use to an agent, answer with a page or a picture for people, or do in FHIR what another
  /// tool does.
  private static let leftOut: Set<String> = [
    "health", "ready", "openapi", "metrics", "claimLetter", "formPage", "formCrop", "fhirCapabilities",
    "fhirSubmitClaims",
    "fhirAskEligibility", "fhirExplanation", "fhirClaimResponse",
  ]

  /// - Parameter document: an OpenAPI 3.1 document.
  init(openAPI document: [UInt8]) throws {
    let root = try JSONSerialization.jsonObject(with: Data(document)) as? Members ?? [:]
    var (tools, shown) = ([String: Tool](), [Members]())
    let paths = (root["paths"] as? [String: Members] ?? [:]).sorted { $0.key < $1.key }
    for (path, operations) in paths {
      for method in ["get", "post"] {
        guard let operation = operations[method] as? Members,
          let entry = Entry(operation, method: method, path: path, in: root), !Self.leftOut.contains(entry.tool.name)
        else { continue }
        tools[entry.tool.name] = entry.tool
        shown.append(entry.shown)
      }
    }
    self.tools = tools
    version = (root["info"] as? Members)?["version"] as? String ?? ""
    list = try JSONSerialization.data(
      withJSONObject: ["tools": shown], options: [.sortedKeys, .withoutEscapingSlashes])
  }
}

typealias Members = [String: Any]

/// One operation, as it is called and as it is shown.
private struct Entry {
  /// The operations that take a body and change nothing.
  private static let readings: Set<String> = [
    "searchClaims", "countClaims", "check", "acknowledge", "predictKeys", "result", "deriveKey",
  ]

  let tool: ToolCatalog.Tool
  let shown: Members

  init?(_ operation: Members, method: String, path: String, in root: Members) {
    guard let name = operation["operationId"] as? String else { return nil }
    let parameters = (operation["parameters"] as? [Members] ?? []).map { Self.resolved($0, in: root) }
    func names(_ place: String) -> [String] {
      parameters.filter { $0["in"] as? String == place }.compactMap { $0["name"] as? String }
    }
    let content = (operation["requestBody"] as? Members)?["content"] as? Members ?? [:]
    tool = ToolCatalog.Tool(
      name: name, method: method.uppercased(), path: path, pathParameters: names("path"),
      queryParameters: names("query"), isKeyed: names("header").contains("Idempotency-Key"),
      takesClaims: content["application/edi-x12"] != nil)
    let isReading = method == "get" || Self.readings.contains(name)
    shown = [
      "name": name, "inputSchema": Self.schema(of: tool, parameters, content, in: root),
      "description": [operation["summary"], operation["description"]].compactMap { $0 as? String }.joined(
        separator: " "),
      "annotations": [
        "readOnlyHint": isReading, "idempotentHint": isReading || tool.isKeyed, "openWorldHint": false,
        "destructiveHint": !isReading,
      ],
    ]
  }

  private static func schema(
    of tool: ToolCatalog.Tool, _ parameters: [Members], _ content: Members, in root: Members
  ) -> Members {
    let json = (content["application/json"] as? Members)?["schema"] as? Members ?? [:]
    let body = tool.takesClaims ? [:] : resolved(json, in: root)
    var properties = body["properties"] as? Members ?? [:]
    var required = body["required"] as? [String] ?? []
    for parameter in parameters where ["path", "query"].contains(parameter["in"] as? String) {
      guard let name = parameter["name"] as? String else { continue }
      var schema = parameter["schema"] as? Members ?? [:]
      if let text = parameter["description"] { schema["description"] = text }
      properties[name] = schema
      if parameter["required"] as? Bool == true { required.append(name) }
    }
    if tool.takesClaims {
      properties[ToolCatalog.claimsArgument] = [
        "type": "string", "description": "X12 837, FHIR R4 or JSON claims.",
      ]
      required.append(ToolCatalog.claimsArgument)
    }
    if tool.isKeyed {
      properties[ToolCatalog.keyArgument] = [
        "type": "string", "pattern": "^[!-~]{1,100}$",
        "description":
          "Only for another act with the same arguments: without it, the same arguments are the same act, done once.",
      ]
    }
    return ["type": "object", "properties": properties, "required": required.sorted(), "additionalProperties": false]
  }

  /// Returns a part of the document with what it refers to in its place. The document refers to nothing in circles.
  private static func resolved(_ members: Members, in root: Members) -> Members {
    resolved(members as Any, in: root) as? Members ?? [:]
  }

  private static func resolved(_ part: Any, in root: Members) -> Any {
    if let list = part as? [Any] { return list.map { resolved($0, in: root) } }
    guard let members = part as? Members else { return part }
    guard let reference = members["$ref"] as? String else { return members.mapValues { resolved($0, in: root) } }
    let target = reference.split(separator: "/").dropFirst().reduce(root as Any) { place, name in
      (place as? Members)?[String(name)] ?? [:]
    }
    return resolved(target, in: root)
  }
}
