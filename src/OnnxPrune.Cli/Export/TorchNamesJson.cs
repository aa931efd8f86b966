using System.Text.Json.Serialization;

namespace OnnxPrune.Cli.Export;

/// <summary>Reads maps of names.</summary>
[JsonSerializable(typeof(Dictionary<string, string?>))]
internal sealed partial class TorchNamesJson : JsonSerializerContext;
