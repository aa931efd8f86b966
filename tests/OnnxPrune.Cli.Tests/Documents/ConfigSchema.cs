using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using OnnxPrune.Cli.Configuration;
using OnnxPrune.Cli.Options;
using OnnxPrune.Cli.Tests.Running;
using OnnxPrune.Cli.Usage;

namespace OnnxPrune.Cli.Tests.Documents;

/// <summary>The JSON Schema of configuration files, made from the tree of commands.</summary>
internal static class ConfigSchema
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The schema's text.</summary>
    public static string Text()
    {
        var definitions = new JsonObject();
        var commands = Understood.Commands.Values.ToList();
        foreach (var option in commands.SelectMany(CommandTree.Configurable)) definitions.TryAdd(ConfiguredArguments.KeyOf(option), Value(option));
        var properties = new JsonObject { ["$schema"] = new JsonObject { ["type"] = "string" } };
        foreach (string key in definitions.Select(d => d.Key)) properties[key] = Reference(key);
        foreach (var command in commands) properties[command.Name] = Section(command, definitions, properties[command.Name]);
        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "Options of onnxprune, for --config",
            ["description"] = "Options for all commands that have them, and sections for single commands. Paths are relative to this file.",
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["properties"] = properties,
            ["$defs"] = definitions,
        };
        return schema.ToJsonString(Readable).ReplaceLineEndings("\n") + "\n";
    }

    private static JsonObject Reference(string key) => new() { ["$ref"] = "#/$defs/" + key };

    // The name of a command may be that of an option, too.
    private static JsonNode Section(Command command, JsonObject definitions, JsonNode? option)
    {
        var members = new JsonObject();
        foreach (var own in CommandTree.Configurable(command))
        {
            string key = ConfiguredArguments.KeyOf(own);
            var value = Value(own);
            members[key] = JsonNode.DeepEquals(value, definitions[key]) ? Reference(key) : value;
        }
        var section = new JsonObject { ["description"] = command.Description, ["type"] = "object" };
        (section["additionalProperties"], section["properties"]) = (false, members);
        return option is null ? section : new JsonObject { ["anyOf"] = new JsonArray(option.DeepClone(), section) };
    }

    private static JsonObject Value(Option option)
    {
        var type = ConfigType.Of(option);
        var notation = ValueNotation.Of(option);
        var schema = new JsonObject { ["description"] = option.Description };
        if (type.IsMap)
        {
            schema["type"] = new JsonArray("object", "array", "string");
            schema["additionalProperties"] = new JsonObject { ["type"] = "integer", ["minimum"] = 1 };
            schema["items"] = new JsonObject { ["type"] = "string" };
        }
        else if (type.IsList)
        {
            schema["type"] = new JsonArray("string", "array");
            schema["items"] = notation.IsClosed ? Words(notation) : new JsonObject { ["type"] = "string" };
        }
        else if (notation.IsClosed)
        {
            schema["enum"] = Words(notation)["enum"]!.DeepClone();
        }
        else
        {
            schema["type"] = TypeName(type);
        }
        return schema;
    }

    private static JsonNode TypeName(ConfigType type) => type switch
    {
        { IsFlag: true } => "boolean",
        { IsWhole: true } => "integer",
        { IsShare: true } => new JsonArray("number", "string"),
        _ => "string",
    };

    private static JsonObject Words(ValueNotation notation) =>
        new() { ["enum"] = new JsonArray([.. notation.Choices.Select(word => (JsonNode)word)]) };
}
