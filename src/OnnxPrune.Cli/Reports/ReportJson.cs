using System.Text.Json.Serialization;

namespace OnnxPrune.Cli.Reports;

/// <summary>Serializes reports as JSON with camelCase keys. All keys are always present, and non-finite numbers are strings.</summary>
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
