namespace OnnxPrune.Planning;

/// <summary>The name and version that plans and reports carry.</summary>
internal static class ToolVersion
{
    /// <summary>The version, as 1.2.3.</summary>
    public static string Number { get; } = typeof(ToolVersion).Assembly.GetName().Version!.ToString(3);

    /// <summary>Name and version.</summary>
    public static string Text => $"OnnxPrune {Number}";
}
