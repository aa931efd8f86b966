using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace OnnxPrune.Cli.Tests.Documents;

/// <summary>The part of JSON Schema 2020-12 that the project's schemas use.</summary>
internal static class SchemaCheck
{
    /// <summary>Where and how a document departs from a schema.</summary>
    public static IReadOnlyList<string> Violations(JsonNode schema, JsonNode? document) => [.. Check(schema, schema, document, "$")];

    private static IEnumerable<string> Check(JsonNode root, JsonNode schema, JsonNode? node, string path)
    {
        if (schema["$ref"] is { } reference) schema = root["$defs"]![reference.GetValue<string>()["#/$defs/".Length..]]!;
        if (schema["anyOf"] is JsonArray choices)
        {
            var violations = choices.Select(choice => Check(root, choice!, node, path).ToList()).ToList();
            return violations.Exists(v => v.Count == 0) ? [] : violations[0];
        }
        if (schema["type"] is { } type && !Names(type).Any(name => HasType(node, name))) return [$"{path} is not of type {type}"];
        if (schema["const"] is { } constant && !JsonNode.DeepEquals(constant, node)) return [$"{path} is not {constant}"];
        if (schema["enum"] is JsonArray values && !values.Any(v => JsonNode.DeepEquals(v, node))) return [$"{path} is none of {values}"];
        if (schema["pattern"] is { } pattern && !Regex.IsMatch(node!.ToString(), pattern.GetValue<string>())) return [$"{path} is not {pattern}"];
        if (node?.GetValueKind() == JsonValueKind.Number && !InRange(schema, node.GetValue<double>())) return [$"{path} is out of range"];
        return node switch
        {
            JsonObject members => CheckMembers(root, schema, members, path),
            JsonArray items => items.SelectMany((item, i) => Check(root, schema["items"]!, item, $"{path}[{i}]")),
            _ => [],
        };
    }

    private static IEnumerable<string> CheckMembers(JsonNode root, JsonNode schema, JsonObject members, string path)
    {
        foreach (var required in (schema["required"] as JsonArray ?? []).Where(r => !members.ContainsKey(r!.GetValue<string>())))
            yield return $"{path} lacks {required}";
        foreach (var (name, value) in members)
        {
            var member = schema["properties"]?[name] ?? (schema["additionalProperties"] as JsonObject);
            if (member is null) yield return $"{path} has {name}";
            else foreach (string violation in Check(root, member, value, $"{path}.{name}")) yield return violation;
        }
    }

    private static IEnumerable<string> Names(JsonNode type) =>
        type is JsonArray names ? names.Select(n => n!.GetValue<string>()) : [type.GetValue<string>()];

    private static bool HasType(JsonNode? node, string type) => node?.GetValueKind() switch
    {
        JsonValueKind.Object => type == "object",
        JsonValueKind.Array => type == "array",
        JsonValueKind.String => type == "string",
        JsonValueKind.True or JsonValueKind.False => type == "boolean",
        JsonValueKind.Number => type == "number" || (type == "integer" && double.IsInteger(node.GetValue<double>())),
        null or JsonValueKind.Null => type == "null",
        _ => false,
    };

    private static bool InRange(JsonNode schema, double number) =>
        number >= (schema["minimum"]?.GetValue<double>() ?? double.MinValue) && number <= (schema["maximum"]?.GetValue<double>() ?? double.MaxValue);
}
