namespace OnnxPrune.MSBuild;

/// <summary>The kind of a metadata value, which determines how the value becomes arguments.</summary>
internal enum ItemOptionKind
{
    /// <summary>Any text, passed unchanged.</summary>
    Text,

    /// <summary>An input file or folder, relative to the project.</summary>
    Input,

    /// <summary>An output file, relative to the project.</summary>
    Output,

    /// <summary>Output files, separated by semicolons; the option is repeated.</summary>
    Outputs,

    /// <summary>Input files, separated by semicolons and relative to the project; the option is repeated.</summary>
    Inputs,

    /// <summary>Texts, separated by semicolons; the option is repeated.</summary>
    List,

    /// <summary><c>true</c> or <c>false</c>; the option has no value.</summary>
    Flag,
}
