using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using OnnxPrune.Cli.Reports;
using OnnxPrune.Cli.Tests.Running;
using OnnxPrune.Testing;

namespace OnnxPrune.Cli.Tests.Documents;

/// <summary>
/// docs/report.schema.json is what the types of the reports and the tables of docs/reports.md come to, and real reports conform to it.
/// </summary>
[Collection(PrunedLeNetTests.Name)]
public sealed partial class ReportSchemaTests(PrunedLeNet pruned) : IDisposable
{
    private static readonly string Published = Path.Combine(RepositoryRoot.Path, "docs", "report.schema.json");
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly (string Heading, JsonTypeInfo Type)[] Kinds =
    [
        ("`prune`, `apply`, `plan`", ReportJson.Default.PruneReport),
        ("`verify`", ReportJson.Default.VerifyReport),
        ("`eval`", ReportJson.Default.EvalReport),
        ("`inspect`", ReportJson.Default.InspectReport),
        ("`bench`", ReportJson.Default.BenchReport),
        ("`explain`", ReportJson.Default.ExplainReport),
        ("`macs`", ReportJson.Default.MacsReport),
        ("`sensitivity`", ReportJson.Default.SensitivityReport),
        ("`doctor`", ReportJson.Default.DoctorReport),
    ];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_published_schema_is_up_to_date()
    {
        string text = Generated().ToJsonString(Readable).ReplaceLineEndings("\n") + "\n";
        string received = folder.File("report.schema.json");
        if (!File.Exists(Published) || File.ReadAllText(Published).ReplaceLineEndings("\n") != text)
        {
            received = Path.ChangeExtension(Published, ".received.txt");
            File.WriteAllText(received, text);
        }
        Assert.False(File.Exists(received), $"review {received} and put it in the place of {Published}");
    }

    [Fact]
    public void Reports_of_prune_conform_to_it() => Conforms("prune", pruned.Result.Output);

    [Fact]
    public void Reports_of_plan_conform_to_it() =>
        Conforms("prune", Tool.Run("plan", TestModels.Small(folder), "-o", folder.File("plan.json"), "--budget", "params=80%", "--calibration", "none", "--json").Output);

    [Fact]
    public void Reports_of_verify_conform_to_it() =>
        Conforms("verify", Tool.Run("verify", TestModels.LeNet, pruned.Model, "--plan", pruned.Plan, "--json").Output);

    [Fact]
    public void Reports_of_eval_conform_to_it() => Conforms("eval", Tool.Run(["eval", TestModels.LeNet, "--json", .. TestModels.Mnist]).Output);

    [Fact]
    public void Reports_of_inspect_conform_to_it() => Conforms("inspect", Tool.Run("inspect", TestModels.Small(folder), "--format", "json").Output);

    [Fact]
    public void Reports_of_explanations_conform_to_it() =>
        Conforms("explain", Tool.Run("inspect", TestModels.Small(folder), "--explain", "side", "--format", "json").Output);

    [Fact]
    public void Reports_of_macs_conform_to_it() => Conforms("macs", Tool.Run("macs", TestModels.Small(folder), TestModels.LeNet, "--json").Output);

    [Fact]
    public void Reports_of_bench_conform_to_it() =>
        Conforms("bench", Tool.Run("bench", TestModels.LeNet, pruned.Model, "--runs", "2", "--json").Output);

    [Fact]
    public void Reports_of_sensitivity_conform_to_it() =>
        Conforms("sensitivity", Tool.Run("sensitivity", TestModels.LeNet, "--groups", "conv1*", "--samples", "16", "--no-cache", "--json").Output);

    [Fact]
    public void Reports_of_doctor_conform_to_it() => Conforms("doctor", Tool.Run("doctor", "--json").Output);

    [Fact]
    public void What_is_no_report_does_not_conform()
    {
        var report = JsonNode.Parse(pruned.Result.Output)!;
        report["layers"]![0]!["macs"] = "many";

        Assert.NotEmpty(SchemaCheck.Violations(SchemaOf("prune"), report));
    }

    private static void Conforms(string kind, string report) => Assert.Empty(SchemaCheck.Violations(SchemaOf(kind), JsonNode.Parse(report)));

    private static JsonNode SchemaOf(string kind) => JsonNode.Parse(File.ReadAllText(Published))!["$defs"]![kind]!;

    private static JsonObject Generated()
    {
        var kinds = Kinds.Select(k => (Name: k.Heading.Split('`')[1], Schema: Of(k.Type, Meanings(k.Heading)))).ToList();
        return new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "OnnxPrune report",
            ["description"] = "What a command of OnnxPrune reports with --json or --report FILE.json. Keys may be added within a version.",
            ["anyOf"] = new JsonArray([.. kinds.Select(k => new JsonObject { ["$ref"] = $"#/$defs/{k.Name}" })]),
            ["$defs"] = new JsonObject(kinds.Select(k => KeyValuePair.Create(k.Name, (JsonNode?)k.Schema))),
        };
    }

    private static JsonNode Of(JsonTypeInfo type, Dictionary<string, string> meanings)
    {
        var schema = Exported(type, meanings);
        Inline(schema, schema);
        return schema;
    }

    // What occurs twice is exported as a pointer to where it occurred first.
    private static void Inline(JsonNode root, JsonNode node)
    {
        if (node is JsonArray items) foreach (var item in items.OfType<JsonNode>()) Inline(root, item);
        if (node is not JsonObject members) return;
        if (members["$ref"] is { } pointer)
        {
            var target = pointer.GetValue<string>().Split('/').Skip(1).Aggregate(root, (at, key) => at[key]!).AsObject();
            members.Remove("$ref");
            foreach (var (key, value) in target.Where(m => !members.ContainsKey(m.Key))) members[key] = value?.DeepClone();
        }
        foreach (var member in members.Select(m => m.Value).OfType<JsonNode>().ToList()) Inline(root, member);
    }

    private static JsonNode Exported(JsonTypeInfo type, Dictionary<string, string> meanings) => type.GetJsonSchemaAsNode(new JsonSchemaExporterOptions
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = (context, node) =>
        {
            if (node is not JsonObject schema) return node;
            if (schema["properties"] is JsonObject properties)
                schema["required"] = new JsonArray([.. properties.Select(p => JsonValue.Create(p.Key))]);
            if (context.PropertyInfo is { IsGetNullable: false } && schema["type"] is JsonArray types) schema["type"] = types[0]!.DeepClone();
            // The exporter forgets that a number that may be NaN may be null, too.
            if (context.PropertyInfo is { IsGetNullable: true, PropertyType.IsValueType: true } && schema["anyOf"] is JsonArray alternatives)
                alternatives.Add(new JsonObject { ["type"] = "null" });
            bool isItem = context.Path is [.., "items"];
            if (!isItem && meanings.GetValueOrDefault(KeyOf(context.Path)) is { Length: > 0 } meaning) schema.Insert(0, "description", meaning);
            return schema;
        },
    });

    // properties/runs/items/properties/error is runs[].error.
    private static string KeyOf(ReadOnlySpan<string> path)
    {
        string key = "";
        for (int i = 0; i < path.Length; i++)
        {
            if (path[i] == "items") key += "[]";
            else if (path[i] == "properties" && i + 1 < path.Length) key += (key.Length > 0 ? "." : "") + path[++i];
        }
        return key;
    }

    private static Dictionary<string, string> Meanings(string heading)
    {
        string document = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs/reports.md")).ReplaceLineEndings("\n");
        string section = document.Split("\n## ").Single(s => s.StartsWith(heading + "\n", StringComparison.Ordinal));
        return Row().Matches(section).ToDictionary(m => m.Groups["key"].Value, m => Plain(m.Groups["meaning"].Value.Trim()));
    }

    private static string Plain(string text) => Link().Replace(text, "$1").Replace("`", "", StringComparison.Ordinal);

    [GeneratedRegex(@"^\| `(?<key>[^`]+)` \| [^|]+ \|(?<meaning>[^|\n]*)\|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"\[([^\]]+)\]\([^)]+\)")]
    private static partial Regex Link();
}
