namespace OnnxPrune.MSBuild;

/// <summary>What the value of metadata is, and so how it becomes arguments.</summary>
internal enum ItemOptionKind
{
    /// <summary>Any text, passed as it is.</summary>
    Text,

    /// <summary>A file that is read, or a folder; relative to the project.</summary>
    Input,

    /// <summary>A file that is written; relative to the project.</summary>
    Output,

    /// <summary>Files that are written, separated by semicolons; the option is repeated.</summary>
    Outputs,

    /// <summary>Files that are read, separated by semicolons and relative to the project; the option is repeated.</summary>
    Inputs,

    /// <summary>Texts separated by semicolons; the option is repeated.</summary>
    List,

    /// <summary><c>true</c> or <c>false</c>; the option has no value.</summary>
    Flag,
}
