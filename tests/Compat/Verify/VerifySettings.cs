namespace VerifyTests;

/// <summary>Where a verified file lies.</summary>
public class VerifySettings
{
    /// <summary>Settings without a directory and a file name.</summary>
    public VerifySettings()
    {
    }

    /// <summary>A copy of other settings.</summary>
    public VerifySettings(VerifySettings? settings)
    {
        Directory = settings?.Directory;
        FileName = settings?.FileName;
    }

    internal string? Directory { get; private set; }

    internal string? FileName { get; private set; }

    /// <summary>Takes the verified file from a directory, relative to the test's source file.</summary>
    public void UseDirectory(string directory) => Directory = directory;

    /// <summary>Takes the verified file <c>{fileName}.verified.{extension}</c>.</summary>
    public void UseFileName(string fileName) => FileName = fileName;
}
