using System.Text.Json.Serialization;

namespace OnnxPrune.Cli.Reports;

/// <summary>Reports as JSON: camelCase keys, every key always present, numbers that are not finite as strings.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(PruneReport))]
[JsonSerializable(typeof(VerifyReport))]
[JsonSerializable(typeof(EvalReport))]
[JsonSerializable(typeof(InspectReport))]
[JsonSerializable(typeof(BenchReport))]
[JsonSerializable(typeof(ExplainReport))]
[JsonSerializable(typeof(MacsReport))]
[JsonSerializable(typeof(SensitivityReport))]
[JsonSerializable(typeof(DoctorReport))]
internal sealed partial class ReportJson : JsonSerializerContext;
