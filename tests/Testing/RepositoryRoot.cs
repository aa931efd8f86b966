namespace OnnxPrune.Testing;

/// <summary>The repository's folder, found from the folder of the running tests.</summary>
internal static class RepositoryRoot
{
    private static readonly Lazy<string> Found = new(() => Find(AppContext.BaseDirectory));

    /// <summary>The folder that holds OnnxPrune.sln.</summary>
    public static string Path => Found.Value;

    /// <summary>The path of a file in the folder models.</summary>
    public static string Model(string fileName) => System.IO.Path.Combine(Path, "models", fileName);

    private static string Find(string start)
    {
        for (DirectoryInfo? folder = new(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "OnnxPrune.sln")))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException($"No folder above {start} holds OnnxPrune.sln.");
    }
}
