using System.Buffers;
using System.IO.MemoryMappedFiles;

namespace OnnxPrune.Model;

/// <summary>A file mapped read-only into memory. Slices of it keep the mapping alive; it is unmapped when the last one is collected.</summary>
internal sealed unsafe class MappedFile
{
    private readonly MemoryMappedFile file;
    private readonly MemoryMappedViewAccessor view;
    private readonly byte* start;

    private MappedFile(FileStream stream)
    {
        Length = stream.Length;
        file = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
        view = file.CreateViewAccessor(0, Length, MemoryMappedFileAccess.Read);
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        start += view.PointerOffset;
    }

    ~MappedFile()
    {
        view.SafeMemoryMappedViewHandle.ReleasePointer();
        view.Dispose();
        file.Dispose();
    }

    /// <summary>Bytes in the file.</summary>
    public long Length { get; }

    /// <summary>Maps <paramref name="path"/>, which must not be empty.</summary>
    public static MappedFile Open(string path) =>
        new(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete));

    /// <summary>The bytes [offset, offset + length).</summary>
    public ReadOnlyMemory<byte> Slice(long offset, int length) => new Window(this, offset, length).Memory;

    private sealed class Window(MappedFile owner, long offset, int length) : MemoryManager<byte>
    {
        public override Span<byte> GetSpan() => new(owner.start + offset, length);

        public override MemoryHandle Pin(int elementIndex = 0) => new(owner.start + offset + elementIndex);

        public override void Unpin()
        {
        }

        protected override void Dispose(bool disposing)
        {
        }
    }
}
