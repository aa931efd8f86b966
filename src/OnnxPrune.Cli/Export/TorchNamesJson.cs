using System.Text.Json.Serialization;

namespace OnnxPrune.Cli.Export;

/// <summary>Deserializes maps of names.</summary>
[JsonSerializable(typeof(Dictionary<string, string?>))]
internal sealed partial class TorchNamesJson : JsonSerializerContext;
